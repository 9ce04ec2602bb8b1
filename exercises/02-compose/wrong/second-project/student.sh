. stage.sh
mkdir -p data other/data && chmod 777 data other/data
cp docker-compose.yml other/
(cd other && docker compose --project-name "$(basename "$OLDPWD")-other" up --detach --quiet-pull >/dev/null 2>&1)
trap 'docker compose --project-name "$(basename "$PWD")-other" --file other/docker-compose.yml down --timeout 0 >/dev/null 2>&1; down' EXIT
check
