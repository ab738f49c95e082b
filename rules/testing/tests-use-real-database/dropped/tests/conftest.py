from models import Base


def teardown(engine):
    # ruleid: tests-use-real-database
    Base.metadata.drop_all(bind=engine)
