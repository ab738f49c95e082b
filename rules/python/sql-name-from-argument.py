from sqlalchemy.sql import text as sql_text

KNOWN = ("orders", "items")


class Store:
    async def delete_collection(self, collection_name: str):
        async with self.client() as session:
            # ruleid: sql-name-from-argument
            await session.execute(sql_text(f"DROP TABLE IF EXISTS {collection_name}"))

    async def checked(self, collection_name: str):
        if collection_name not in KNOWN:
            raise ValueError(collection_name)
        async with self.client() as session:
            # ok: sql-name-from-argument
            await session.execute(sql_text(f"DROP TABLE IF EXISTS {collection_name}"))

    async def known(self, number: str):
        table = "orders"
        async with self.client() as session:
            # ok: sql-name-from-argument
            await session.execute(sql_text(f"SELECT * FROM {table} WHERE number = :number"), {"number": number})

    async def looked_at(self, schema: str):
        if not schema.isidentifier():
            raise ValueError(schema)
        async with self.client() as session:
            # ok: sql-name-from-argument
            await session.execute(sql_text(f"DROP SCHEMA {schema} CASCADE"))
