from sqlalchemy import Column, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column
from sqlmodel import Field, SQLModel

from .base import Base


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    # ruleid: foreign-key-without-index
    user_id = Column(Integer, ForeignKey("users.id"), nullable=False)
    # pass: foreign-key-without-index
    shop_id = Column(Integer, ForeignKey("shops.id"), index=True)
    # pass: foreign-key-without-index
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"), unique=True)
    # pass: foreign-key-without-index
    region_id = Column(ForeignKey("regions.id"))
    # pass: foreign-key-without-index
    carrier_id = Column(ForeignKey("carriers.id"))
    # ok: foreign-key-without-index
    label = Column(String)
    __table_args__ = (Index("ix_orders_region", "region_id", "id"),)


class Membership(Base):
    __tablename__ = "memberships"
    # pass: foreign-key-without-index
    user_id = Column(ForeignKey("users.id"), primary_key=True)
    # ruleid: foreign-key-without-index
    team_id = Column(ForeignKey("teams.id"), primary_key=True)


class Item(SQLModel, table=True):
    id: int = Field(primary_key=True)
    # ruleid: foreign-key-without-index
    owner_id: int = Field(foreign_key="user.id")


from sqlalchemy import MetaData, Table

metadata = MetaData()
order_tags = Table(
    "order_tags",
    metadata,
    # ok: foreign-key-without-index
    Column("order_id", Integer, ForeignKey("orders.id")),
    Column("tag_id", Integer, ForeignKey("tags.id")),
)
payments = Table(
    "payments",
    metadata,
    Column("id", Integer, primary_key=True),
    # ruleid: foreign-key-without-index
    Column("order_id", Integer, ForeignKey("orders.id")),
)
