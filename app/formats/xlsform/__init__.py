"""XLSForm (https://xlsform.org), read with pyxform's readers. For whoever may import formats."""
