import ipaddress


def is_loopback(host):
    """True for an address, or the name, by which a machine speaks to itself."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
