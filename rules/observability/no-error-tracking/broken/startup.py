def start(:
    pass
