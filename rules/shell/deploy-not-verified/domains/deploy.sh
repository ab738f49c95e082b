#!/bin/bash
# ruleid: deploy-not-verified
vercel --prod
vercel domains add shop.example.org
