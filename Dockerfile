# One image for web, worker, beat and migrations; docker-compose.yml says which command runs where.
FROM python:3.12-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.12-slim
# What WeasyPrint draws documents with.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin hrportal \
 && install -d -o hrportal /data/media
COPY --from=packages /venv /venv
COPY . /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/var/static \
    MEDIA_ROOT=/data/media \
    BIND=0.0.0.0:8000
# Static files depend on the code alone, so they are part of the image. The demo mode needs no secrets for it.
RUN MODE=demo python manage.py collectstatic --no-input --verbosity 0
USER hrportal
EXPOSE 8000
VOLUME /data/media
CMD ["gunicorn", "hrportal.wsgi"]
