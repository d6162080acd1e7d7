2026-11-24T17:59:03.643577551Z fail: no configuration
