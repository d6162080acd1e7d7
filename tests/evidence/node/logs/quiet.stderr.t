Error response from daemon: configured logging driver does not support reading
