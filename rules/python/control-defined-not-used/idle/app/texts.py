def texts():
    return []
