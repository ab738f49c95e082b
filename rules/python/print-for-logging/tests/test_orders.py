def test_orders():
    # ok: print-for-logging
    print("tested")
