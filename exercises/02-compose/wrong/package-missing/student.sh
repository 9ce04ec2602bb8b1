. stage.sh
up
packages python1
check
