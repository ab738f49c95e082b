# unknown: known-provider-token
KEY = "AKIAQ7WZK3MPT5XB2RVC"
