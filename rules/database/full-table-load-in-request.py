from fastapi import Depends, FastAPI
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from models import Setting, User, get_db

app = FastAPI()


@app.get("/users")
def users(db: Session = Depends(get_db)):
    # ruleid: full-table-load-in-request
    return db.query(User).all()


@app.get("/people")
async def people(db: AsyncSession = Depends(get_db)):
    # ruleid: full-table-load-in-request
    rows = await db.execute(select(User))
    return rows.scalars().all()


@app.get("/page")
async def page(db: AsyncSession = Depends(get_db)):
    # ok: full-table-load-in-request
    rows = await db.execute(select(User).limit(50))
    return rows.scalars().all()


@app.get("/count")
async def count(db: AsyncSession = Depends(get_db)):
    # ok: full-table-load-in-request
    return await db.execute(select(func.count()).select_from(User))


@app.get("/team/{team}")
def team(team: int, db: Session = Depends(get_db)):
    # ok: full-table-load-in-request
    return db.query(User).filter(User.team == team).all()


def report(db: Session):
    # ok: full-table-load-in-request
    return db.query(User).all()


def fix_dangling_references(session: Session):
    # ok: full-table-load-in-request
    return session.query(User).all()


@app.post("/admin/upgrade")
def upgrade(session: Session = Depends(get_db)):
    fix_dangling_references(session)


@app.get("/active")
async def active(db: AsyncSession = Depends(get_db)):
    # ruleid: full-table-load-in-request
    result = await db.execute(select(User).where(User.is_active == True))
    return result.scalars().all()


@app.get("/active/{team}")
async def active_of(team: int, db: AsyncSession = Depends(get_db)):
    # ok: full-table-load-in-request
    result = await db.execute(select(User).where(User.is_active == True, User.team == team))
    return result.scalars().all()


@app.get("/newest")
async def newest(db: AsyncSession = Depends(get_db)):
    # ok: full-table-load-in-request
    result = await db.execute(select(User).where(User.is_active.is_(True)).order_by(User.id).limit(20))
    return result.scalars().all()


@app.get("/settings")
async def settings(db: AsyncSession = Depends(get_db)):
    # ok: full-table-load-in-request
    return (await db.execute(select(Setting))).scalar_one_or_none()


@app.get("/open/{team}")
async def open_of(team: int, db: AsyncSession = Depends(get_db)):
    query = select(User).where(User.team == team)
    # ok: full-table-load-in-request
    query = query.where(User.is_active.is_(True))
    return (await db.execute(query)).scalars().all()
