"""The tabs, a folder or a module each: its lines, its layout, its charts."""
