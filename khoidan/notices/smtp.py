"""Mail by SMTP, with what Django's own backend does not tell: whether a message may have arrived."""

import smtplib

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

ANSWER = 600  # seconds to wait for the answer to a whole message: RFC 5321, 4.5.3.2.6, so that none is sent twice


class Noting:
    """Mixin of smtplib.SMTP: between the text of a message and the answer to it nobody knows who has it."""

    unanswered = False

    def data(self, msg):
        self.unanswered = True
        self.sock.settimeout(ANSWER)
        try:
            answer = super().data(msg)
        except smtplib.SMTPDataError:  # it did not want to hear the text
            self.unanswered = False
            raise
        self.unanswered = False
        self.sock.settimeout(self.timeout)
        return answer


class NotingSMTP(Noting, smtplib.SMTP):
    pass


class NotingSMTPOverTLS(Noting, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    @property
    def connection_class(self):
        return NotingSMTPOverTLS if self.use_ssl else NotingSMTP

    @property
    def unanswered(self):
        """True when the last message went out whole and its answer never came."""
        return self.connection is not None and self.connection.unanswered
