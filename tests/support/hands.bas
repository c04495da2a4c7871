' What a person does in LibreOffice, done by the program itself: one line of a list, one action.
'
' A line holds an action, a tab, a cell or range, and a value, apart by tabulators; in each of them
' \n stands for a line feed, \t for a tabulator and \\ for a backslash.
Option Explicit

Private document As Object

' Does what the list says and writes "done" to the file `told`, or the line that failed and why.
Sub Work(listed As String, told As String)
    Dim lines As Variant, number As Long, said As String
    On Error GoTo Failed
    lines = Split(TextOf(listed), Chr(10))
    For number = 0 To UBound(lines)
        If lines(number) <> "" Then Act(Split(lines(number), Chr(9)))
    Next number
    said = "done"
    GoTo Finally
Failed:
    said = "line " & (number + 1) & ": " & lines(number) & ": " & Error$
Finally:
    Tell(told, said)
    StarDesktop.terminate()
End Sub

Private Sub Act(parts As Variant)
    Dim at As String, value As String
    at = parts(2)
    value = Unescaped(parts(3))
    Select Case parts(0)
        Case "open" : document = StarDesktop.loadComponentFromURL( _
            ConvertToURL(value), "_blank", 0, Array(Setting("Hidden", True)))
        Case "save" : Save(value)
        Case Else : Edit(parts(0), document.Sheets.getByName(Unescaped(parts(1))), at, value)
    End Select
End Sub

Private Sub Edit(action As String, tab As Object, at As String, value As String)
    Select Case action
        ' As from the keyboard: 40% is a number, 2026-06-30 a day, =A1 a formula, '1 a text
        Case "type" : TypeInto(tab.getCellRangeByName(at), value)
        ' As from a text that was pasted
        Case "text" : tab.getCellRangeByName(at).String = value
        ' The key Delete: numbers, days, texts and formulas; formats and comments stay
        Case "clear" : tab.getCellRangeByName(at).clearContents(1 + 2 + 4 + 16)
        Case "insert row" : tab.Rows.insertByIndex(CLng(at) - 1, 1)
        Case "delete row" : tab.Rows.removeByIndex(CLng(at) - 1, 1)
        Case "insert column" : tab.Columns.insertByIndex(CLng(at) - 1, 1)
        Case "rename" : tab.Name = value
        Case "move" : document.Sheets.moveByName(tab.Name, CLng(value) - 1)
        Case "sort" : Sort(tab.getCellRangeByName(at), CLng(value) - 1)
        Case "format" : Format(tab.getCellRangeByName(at), value)
        Case "comment" : tab.Annotations.insertNew(tab.getCellRangeByName(at).CellAddress, value)
        Case Else : Error 5 ' there is no such action
    End Select
End Sub

Private Sub TypeInto(cell As Object, value As String)
    If Left(value, 1) = "'" Then cell.String = Mid(value, 2) Else cell.FormulaLocal = value
End Sub

' Sorts whole rows by one of their columns, smallest first, as the menu Data does.
Private Sub Sort(rows As Object, column As Long)
    Dim by(0) As New com.sun.star.table.TableSortField, fields As Variant
    by(0).Field = column
    by(0).IsAscending = True
    fields = CreateUnoValue("[]com.sun.star.table.TableSortField", by())
    rows.sort(Array(Setting("SortFields", fields), Setting("ContainsHeader", False)))
End Sub

Private Sub Format(cells As Object, code As String)
    Dim locale As New com.sun.star.lang.Locale, number As Long
    locale.Language = "en"
    locale.Country = "US"
    number = document.NumberFormats.queryKey(code, locale, False)
    If number = -1 Then number = document.NumberFormats.addNew(code, locale)
    cells.NumberFormat = number
End Sub

Private Sub Save(path As String)
    document.storeToURL(ConvertToURL(path), Array(Setting("FilterName", "Calc MS Excel 2007 XML")))
    document.close(True)
End Sub

Private Function Setting(name As String, value As Variant) As Object
    Dim made As New com.sun.star.beans.PropertyValue
    made.Name = name
    made.Value = value
    Setting = made
End Function

Private Function Unescaped(text As String) As String
    Dim kept As String
    kept = Replace(text, "\\", Chr(1))
    kept = Replace(Replace(kept, "\n", Chr(10)), "\t", Chr(9))
    Unescaped = Replace(kept, Chr(1), "\")
End Function

' Open ... For Input knows no UTF-8.
Private Function TextOf(path As String) As String
    Dim stream As Object
    stream = CreateUnoService("com.sun.star.io.TextInputStream")
    stream.setInputStream( _
        CreateUnoService("com.sun.star.ucb.SimpleFileAccess").openFileRead(ConvertToURL(path)))
    stream.setEncoding("UTF-8")
    TextOf = stream.readString(Array(), False)
    stream.closeInput()
End Function

Private Sub Tell(path As String, said As String)
    Dim file As Integer
    file = FreeFile
    Open path For Output As #file
    Print #file, said
    Close #file
End Sub
