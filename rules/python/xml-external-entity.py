import xml.sax
import xml.sax.handler
from xml.etree import ElementTree

from defusedxml import ElementTree as Defused
from lxml import etree


def read(text, path):
    # ruleid: xml-external-entity
    etree.fromstring(text, etree.XMLParser(resolve_entities=True))
    # ruleid: xml-external-entity
    etree.XMLParser(no_network=False)
    parser = xml.sax.make_parser()
    # ruleid: xml-external-entity
    parser.setFeature(xml.sax.handler.feature_external_ges, True)
    # ok: xml-external-entity
    parser.setFeature(xml.sax.handler.feature_external_ges, False)
    # ok: xml-external-entity
    etree.XMLParser(resolve_entities=False)
    # ok: xml-external-entity
    Defused.fromstring(text)
    # ok: xml-external-entity
    return ElementTree.parse("catalogue.xml"), path
