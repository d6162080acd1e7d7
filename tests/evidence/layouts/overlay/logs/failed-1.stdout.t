2026-11-24T17:58:59.621908577Z fail: no configuration
