from fastapi import APIRouter, Depends, Query

router = APIRouter()


@router.get("/orders")
def orders(session=Depends(get_session)):
    # ruleid: list-endpoint-without-pagination
    return session.query(Order).all()


@router.get("/items/", response_model=list[ItemOut])
async def items(session=Depends(get_session)):
    result = await session.execute(select(Item))
    # ruleid: list-endpoint-without-pagination
    return result.scalars().all()


@router.get("/fixed")
def fixed(limit: int = Query(50, le=200), session=Depends(get_session)):
    # ok: list-endpoint-without-pagination
    return session.query(Order).limit(limit).all()


@router.get("/newest")
def newest(session=Depends(get_session)):
    # ok: list-endpoint-without-pagination
    return session.query(Order).order_by(Order.created.desc()).limit(10).all()


@router.get("/orders/{number}")
def order(number: int, session=Depends(get_session)):
    # ok: list-endpoint-without-pagination
    lines = session.query(Line).filter(Line.order == number).all()
    return lines


@router.get("/orders/stats")
def stats(session=Depends(get_session)):
    # ok: list-endpoint-without-pagination
    return session.query(func.count(Order.id)).group_by(Order.state).all()


@router.post("/orders")
def create(session=Depends(get_session)):
    # ok: list-endpoint-without-pagination
    return session.query(Order).all()


@router.get("/pages")
def pages(page: int = 1, session=Depends(get_session)):
    # ok: list-endpoint-without-pagination
    return session.query(Order).offset(page * 20).all()


@router.get("/keys")
def keys(user=Depends(get_user), session=Depends(get_session)):
    # ok: list-endpoint-without-pagination
    return session.query(Key).filter(Key.user_id == user.id).all()


@app.get("/repositories")
def repositories(account=Depends(account)):
    # ok: list-endpoint-without-pagination
    return [item.name for item in account.configuration.all()]
