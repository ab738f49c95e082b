def each(session, users):
    for user in users:
        user.is_active = True
        # ruleid: commit-in-loop
        session.commit()


async def rows(self, items):
    for item in items:
        self.db.add(item)
        # ruleid: commit-in-loop
        await self.db.commit()


def once(session, users):
    for user in users:
        user.is_active = True
    # pass: commit-in-loop
    session.commit()


def in_parts(session, users):
    for at, user in enumerate(users):
        user.is_active = True
        if at % 500 == 0:
            # pass: commit-in-loop
            session.commit()


def each_for_itself(session, users):
    for user in users:
        try:
            user.is_active = True
            # pass: commit-in-loop
            session.commit()
        except ValueError:
            session.rollback()


def sessions(make, tenants):
    for tenant in tenants:
        with make(tenant) as session:
            # pass: commit-in-loop
            session.commit()
