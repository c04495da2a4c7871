"""Books as files: checked, laid out by XlsxWriter with faster inner loops, stored whole."""
