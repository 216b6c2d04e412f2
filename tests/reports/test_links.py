"""Where links in a report may lead, and that no other is ever shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.reading import Read, html_of, sentences


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JAVASCRIPT:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](java&#10;script:alert(1))",
        "<javascript:alert(1)>",
        "[a]\n\n[a]: javascript:alert(1)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](data:image/png;base64,AA==)",
        "[a](file:///etc/passwd)",
        "[a](ftp://host.example/)",
        "[a](//host.example/x)",
        "[a](\\\\host.example\\x)",
        "[a](blob:https://www.gov.uk/x)",
        "[a](www.gov.uk)",
        "[a](#top)",
        "[a](?x=1)",
        "[a]()",
        "[a](http://user:secret@www.gov.uk)",
        "[a](http://@127.0.0.1)",
        "[**a**](https:/x)",
    ],
)
def test_a_link_that_leads_where_it_may_not_is_refused_and_never_shown_as_one(text):
    assert len(sentences(text)) == 1
    assert [attributes for tag, attributes in Read(html_of(text)).tags if tag == "a"] == [{}]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.gov.uk/x?y=1#z",
        "http://bücher.de",
        "HTTPS://WWW.GOV.UK.",
        "/boards/review/",
        "/",
        "mailto:a@b.org",
        "tel:999",
    ],
)
def test_a_link_to_the_web_a_mail_a_telephone_or_a_page_of_the_portal_stays(address):
    assert sentences(f"[a]({address})") == []
    ((_p, _none), (tag, attributes)) = Read(html_of(f"[a]({address})")).tags
    assert (tag, set(attributes)) == ("a", {"href"})


INNER = [
    *("127.0.0.1", "127.1", "127.0.0.1.", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0"),
    *("0.0.0.0:8000", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "8.8.8.8", "1.2.3.4.5", "0x.0x"),
    *(
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1%25eth0]",
    ),
    *("[2001:4860:4860::8888]", "127%2e0%2e0%2e1", "%31%32%37.0.0.1", "１２７.０.０.１", "127。0。0。1", "①②⑦.0.0.1"),
    *("localhost", "LOCALHOST:5432", "localhost.", "a.localhost", "ⓛocalhost", "localhost.localdomain", "ｌocalhost"),
    *(
        "router",
        "portal.local",
        "portal.local.",
        "x.LAN",
        "a.home.arpa",
        "metadata.google.internal",
        "x.intranet",
        "a.corp",
    ),
    *(
        "loc\u00adalhost",
        "x.lo\u00adcal",
        "x.%6cocal",
        "x.local%2e",
        "a..local",
        ".local",
        "-",
        "a b.org",
        "x.test",
        "x.onion",
    ),
    *("www.gov.uk:99999", "www.gov.uk%00.local", "x_.local", "a" * 70 + ".org"),
]


@pytest.mark.parametrize("host", INNER)
def test_an_address_inside_a_network_is_refused_in_every_notation(host):
    text = f"[a](<http://{host}/x>)"
    assert len(sentences(text)) == 1
    assert [attributes for tag, attributes in Read(html_of(text)).tags if tag == "a"] == [{}]


@given(st.ip_addresses(), st.sampled_from(["{}", "{}.", "{}:80"]))
def test_no_number_is_a_name_on_the_public_web(address, written):
    host = f"[{address}]" if address.version == 6 else str(address)
    assert len(sentences(f"[a](http://{written.format(host)}/)")) == 1


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{:d}", "0x{:x}", "0{:o}", "0X{:X}"]))
def test_no_number_in_another_base_is_either(number, written):
    assert len(sentences(f"[a](http://{written.format(number)}/)")) == 1
