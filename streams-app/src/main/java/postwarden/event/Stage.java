package postwarden.event;

/** How far an SMTP session had come (RFC 5321). */
public enum Stage {
    CONNECT,
    GREETING,
    HELO,
    STARTTLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    END_OF_DATA,
    QUIT
}
