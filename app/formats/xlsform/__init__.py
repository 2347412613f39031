"""XLSForm (https://xlsform.org), read with pyxform's readers."""
