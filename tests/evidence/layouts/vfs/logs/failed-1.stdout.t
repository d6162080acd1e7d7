2026-11-24T17:58:51.692699236Z fail: no configuration
