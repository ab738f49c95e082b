# pass: copy-omits-needed-file
import clock

print(clock.now())
