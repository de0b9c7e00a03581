"""The database backend that the settings name: Django's own, which no longer waits for a server that is away.

With a pool of connections only. Where none can be had within the pool's `timeout`, other requests fail at once until
one succeeds (portal/outage/circuit_breaker.py). After the server was away, no request gets a connection that died with
it.
"""

import logging

import psycopg
from django.db.backends.postgresql import base

from ..outage.circuit_breaker import CircuitBreaker

logger = logging.getLogger(__name__)
breaker = CircuitBreaker()


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        if not self.pool:
            return super().get_new_connection(conn_params)
        if not breaker.allows():
            raise psycopg.OperationalError("the database did not answer a moment ago")
        try:
            connection = self.living_connection(conn_params)
        except psycopg.OperationalError as error:
            if breaker.failed():
                logger.error("the database does not answer: %s", error)
            raise
        if breaker.succeeded():
            logger.warning("the database answers again")
        return connection

    def living_connection(self, conn_params):
        """One from the pool that works. Where the first is dead, so are all that waited with it: they are made anew."""
        connection = super().get_new_connection(conn_params)
        try:
            self.pool.check_connection(connection)
        except psycopg.OperationalError:
            self.pool.putconn(connection)
            self.pool.drain()
            connection = super().get_new_connection(conn_params)
        return connection
