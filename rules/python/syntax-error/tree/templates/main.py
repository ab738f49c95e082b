from {{ package }} import main
