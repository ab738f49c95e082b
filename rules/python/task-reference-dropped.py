import asyncio


async def start(queue, tasks, group, loop):
    # ruleid: task-reference-dropped
    asyncio.create_task(consume(queue))
    if queue:
        # ruleid: task-reference-dropped
        asyncio.ensure_future(consume(queue))
    # ruleid: task-reference-dropped
    loop.create_task(consume(queue))
    # ruleid: task-reference-dropped
    asyncio.create_task(consume(queue)).add_done_callback(print)


class Service:
    async def fixed(self, queue, tasks):
        # ok: task-reference-dropped
        self.task = asyncio.create_task(consume(queue))
        # ok: task-reference-dropped
        tasks.add(asyncio.create_task(consume(queue)))
        # ok: task-reference-dropped
        await asyncio.create_task(consume(queue))
        # ok: task-reference-dropped
        await asyncio.gather(*[asyncio.create_task(consume(one)) for one in queue])
        # ok: task-reference-dropped
        done = {name: asyncio.create_task(consume(name)) for name in queue}
        async with asyncio.TaskGroup() as group:
            # ok: task-reference-dropped
            group.create_task(consume(queue))
        # ok: task-reference-dropped
        return asyncio.create_task(consume(done))
