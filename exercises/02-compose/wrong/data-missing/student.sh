. stage.sh
check
