2026-11-24T17:59:08.123633313Z fail: no configuration
