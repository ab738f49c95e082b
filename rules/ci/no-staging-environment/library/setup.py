# ok: no-staging-environment
print("a library, deployed nowhere")
