address        = "http://localhost:18790/v1/projects/laptop/state/raw"
lock_address   = "http://localhost:18790/v1/projects/laptop/state/raw"
unlock_address = "http://localhost:18790/v1/projects/laptop/state/raw"
username       = "ada"
