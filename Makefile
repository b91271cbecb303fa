# Everyday commands. Each makes the Python environment it needs in .venv by itself.
PORT ?= 8000
PUBLIC_URL ?= http://localhost:$(PORT)
export PORT PUBLIC_URL PYTHON

PY := .venv/bin/python
MANAGE := $(PY) manage.py
STATIC := $(shell find static -type f 2>/dev/null)

.PHONY: help demo test test-long bench lock messages api-reference base-venv test-venv
.PHONY: lint lint-style lint-types lint-imports lint-templates lint-migrations lint-deploy
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 16

demo: export MODE := demo
demo: base-venv var/static/staticfiles.json ## Run the portal with a demo company (PORT=8000)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo --if-empty
	@exec .venv/bin/gunicorn hrportal.wsgi

test: test-venv ## Run the tests; REQUIRE_ALL=1 fails if a server or browser is missing
	@$(PY) -m tests.support.suite

test-long: test-venv ## Run all tests on both databases, and those that take minutes
	@$(PY) -m tests.support.suite long

lint: lint-style lint-types lint-imports lint-templates lint-migrations lint-deploy ## Check style, types, imports, templates, migrations and settings

lint-style lint-types lint-imports lint-templates lint-migrations: export MODE := test
lint-migrations lint-deploy: export DATABASE_URL := sqlite://:memory:
lint-style: test-venv
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

lint-types: test-venv
	.venv/bin/mypy

lint-imports: test-venv
	.venv/bin/lint-imports --no-logo

lint-templates: test-venv
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 --check

lint-migrations: test-venv
	$(MANAGE) makemigrations --check --dry-run

# As it would run in production: any warning is one too many.
lint-deploy: export MODE := production
lint-deploy: export ALLOWED_HOSTS := portal.test
lint-deploy: test-venv
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') $(MANAGE) check --deploy --fail-level WARNING

bench: test-venv ## Measure the key operations against their floors
	@$(PY) benchmarks/run.py

lock: var/uv/bin/uv ## Resolve requirements*.in again, into requirements*.txt
	$(call resolve,requirements)
	$(call resolve,requirements-test)
	$(call resolve,requirements-saml)

resolve = var/uv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(1).in --output-file $(1).txt

messages: export MODE := test
messages: export DATABASE_URL := sqlite://:memory:
messages: test-venv ## Collect the texts to translate into locale/, and compile them (needs gettext)
	$(MANAGE) makemessages --locale de --no-wrap --no-obsolete --add-location file \
		--ignore .venv --ignore var --ignore tests --ignore benchmarks --ignore styleguide.html
	$(MANAGE) compilemessages --locale de --ignore .venv --ignore var

api-reference: export MODE := test
api-reference: export DATABASE_URL := sqlite://:memory:
api-reference: test-venv ## Write docs/api-reference.md and docs/events.md from the code
	$(MANAGE) describe_api > var/api-reference.md && mv var/api-reference.md docs/
	$(MANAGE) describe_events > var/events.md && mv var/events.md docs/

base-venv:
	@.ci/venv base

test-venv:
	@.ci/venv test

# Collected only when a file of ours or a package changed: compressing them all takes a while.
var/static/staticfiles.json: requirements.txt $(STATIC) | base-venv
	@$(MANAGE) collectstatic --no-input --clear --verbosity 0

var/uv/bin/uv: | base-venv
	@$(PY) -m venv var/uv && var/uv/bin/pip install --quiet uv
