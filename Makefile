.PHONY: help run check test test-all bench looks pictures house assets lock messages

PYTHON ?= python3

help: ## what each command does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: ## the site and the application service on SQLite, with content and demo accounts (PORT=8000)
	@sh scripts/python.sh scripts/run.py

check: ## in a minute: lint, types, the tests that need no database and no browser
	@sh scripts/python.sh scripts/test.py --check

test: ## everything: lint, PostgreSQL, what differs on SQLite, a real browser
	@sh scripts/python.sh scripts/test.py

test-all: ## like test, with every combination
	@sh scripts/python.sh scripts/test.py --all

bench: ## how fast pages and the CMS are, and the desk with 100,000 applications
	@sh scripts/python.sh scripts/bench.py
	@sh scripts/python.sh scripts/bench_editing.py
	@sh scripts/python.sh scripts/bench_desk.py

looks: ## a contact sheet of each kind of page, in var/looks
	@sh scripts/python.sh scripts/looks.py

pictures: ## the pictures of docs/officer.md and of the guide in docs/editor anew (ONLY=editor, ONLY=officer)
	@sh scripts/python.sh scripts/pictures.py

house: ## docs/house.svg anew: the rooms and what they import
	@.venv/bin/python scripts/house.py

assets: ## what browsers load, into var/assets, to copy to a server
	@sh scripts/python.sh scripts/prepare.py

lock: ## write requirements/ and package-lock.json anew
	@sh scripts/lock.sh

messages: ## gather the texts to translate into portal/locale/
	@.venv/bin/python manage.py makemessages -l nl -l fr -l de -e py,html,txt,svg --no-obsolete --no-location --no-wrap -i node_modules -i .venv -i var -i tests
