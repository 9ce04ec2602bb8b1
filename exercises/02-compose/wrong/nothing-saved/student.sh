. stage.sh
up
redis SAVE >/dev/null
until_true saved
check
