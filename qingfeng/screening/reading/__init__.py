"""Reading what offices send: csv, xlsx, xls, parquet and OCDS lines; which table it is, which column is which."""
