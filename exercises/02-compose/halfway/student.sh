. stage.sh
up
check
