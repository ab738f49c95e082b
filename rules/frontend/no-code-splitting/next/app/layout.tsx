"use client"
// ruleid: no-code-splitting
import moment from 'moment'
// ok: no-code-splitting
import clsx from 'clsx'
