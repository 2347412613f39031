"""Posts: written, published, ended, and read. For `app/web`, `app/workflows` and `app/services/record/sources`."""
