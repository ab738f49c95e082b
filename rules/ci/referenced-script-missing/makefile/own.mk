all:
	true
