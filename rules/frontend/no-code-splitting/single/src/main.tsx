// ruleid: no-code-splitting
import * as THREE from 'three'
// ok: no-code-splitting
import React from 'react'
