import click


@click.command()
def report():
    # ok: print-for-logging
    print("done")
