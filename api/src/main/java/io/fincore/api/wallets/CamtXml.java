package io.fincore.api.wallets;

import com.prowidesoftware.swift.model.mx.MxCamt05300108;
import com.prowidesoftware.swift.model.mx.dic.AccountStatement9;
import com.prowidesoftware.swift.model.mx.dic.GroupHeader81;
import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Marshaller;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * A camt.053.001.08 that is written as it comes. Prowide's model knows all elements and their order, but writes whole messages only;
 * so its parts are marshalled one by one into one document, and none is kept. Prowide's parts have no namespace of their own, one model
 * serves many messages: this document gives them its.
 */
final class CamtXml {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    /** Takes more than half a second to build, so not before somebody wants one; safe for all threads. */
    private static final class Model {
        static final JAXBContext CONTEXT = context();

        private static JAXBContext context() {
            try {
                return JAXBContext.newInstance(GroupHeader81.class, AccountStatement9.class);
            } catch (JAXBException broken) {
                throw new IllegalStateException("Prowide's model of a statement cannot be used", broken);
            }
        }
    }

    private final Writer out;
    private final XMLStreamWriter xml;
    private final Marshaller marshaller;

    /** Begins the document. */
    CamtXml(OutputStream stream) throws IOException {
        out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        try {
            xml = FACTORY.createXMLStreamWriter(out);
            marshaller = Model.CONTEXT.createMarshaller();
            marshaller.setProperty(Marshaller.JAXB_FRAGMENT, true);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("Document");
            xml.writeDefaultNamespace(MxCamt05300108.NAMESPACE);
            xml.writeStartElement("BkToCstmrStmt");
        } catch (XMLStreamException | JAXBException broken) {
            throw failed(broken);
        }
    }

    <T> void write(String element, Class<T> type, T value) throws IOException {
        marshal(element, type, value, new Part(0));
    }

    /** Writes the element with what it has, and leaves it open for more at its end. */
    <T> void open(String element, Class<T> type, T value) throws IOException {
        marshal(element, type, value, new Part(1));
    }

    /** Closes what is open and ends the document; the stream stays open. */
    void end() throws IOException {
        try {
            xml.writeEndDocument();
            xml.flush();
            out.flush();
        } catch (XMLStreamException broken) {
            throw failed(broken);
        }
    }

    private <T> void marshal(String element, Class<T> type, T value, Part part) throws IOException {
        try {
            marshaller.marshal(new JAXBElement<>(new QName(element), type, value), part);
        } catch (JAXBException broken) {
            throw failed(broken);
        }
    }

    /** What keeps the bytes from leaving is the client's affair or the network's; anything else is ours. */
    private static IOException failed(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException gone) {
                return gone;
            }
        }
        throw new IllegalStateException("a statement cannot be written as XML", failure);
    }

    /** Copies one part into the document. */
    private final class Part extends DefaultHandler {

        private final int leftOpen;
        private int depth;

        Part(int leftOpen) {
            this.leftOpen = leftOpen;
        }

        @Override
        public void startElement(String uri, String name, String qualified, Attributes attributes) throws SAXException {
            depth++;
            try {
                xml.writeStartElement(name);
                for (int i = 0; i < attributes.getLength(); i++) {
                    xml.writeAttribute(attributes.getLocalName(i), attributes.getValue(i));
                }
            } catch (XMLStreamException broken) {
                throw new SAXException(broken);
            }
        }

        @Override
        public void endElement(String uri, String name, String qualified) throws SAXException {
            if (depth-- > leftOpen) {
                try {
                    xml.writeEndElement();
                } catch (XMLStreamException broken) {
                    throw new SAXException(broken);
                }
            }
        }

        @Override
        public void characters(char[] text, int start, int length) throws SAXException {
            try {
                xml.writeCharacters(text, start, length);
            } catch (XMLStreamException broken) {
                throw new SAXException(broken);
            }
        }
    }
}
