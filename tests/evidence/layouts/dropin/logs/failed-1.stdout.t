2026-11-24T17:59:11.734817778Z fail: no configuration
