from app import broken

print(broken)
