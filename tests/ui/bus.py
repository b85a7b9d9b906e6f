# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program as a screen reader has it: a display, an accessibility bus and a keyboard of its own.

    with bus.Screen() as screen:
        app = screen.start("ui/ymweld", "--store", folder)
        screen.tab_to(app.wait_for("text box", "Server"))
        screen.type("ymweld.example")
        screen.tab()
        print(app.find("text box", "Server").text())

Nothing else is on the bus. What is asked goes over D-Bus itself: libatspi's cache would answer with what was. All that
is said on the bus, asked for or not, is kept: see Screen.heard().
"""
import ctypes
import ctypes.util
import os
import signal
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

BUILD = os.environ.get("YM_BUILD_ROOT", "build")
PATIENCE_S = 60  # how long a program may take, on a machine that does much else
CONFIGURATION = "/usr/share/defaults/at-spi2/accessibility.conf"
ROOT = "/org/a11y/atspi/accessible/root"
REGISTRY = "org.a11y.atspi.Registry"
INTERFACE = "org.a11y.atspi."
# AtspiStateType, as far as tests ask for it.
STATES = {"focusable": 11, "focused": 12, "sensitive": 24, "showing": 25, "visible": 30}
SELECTIONS = ("CLIPBOARD", "PRIMARY")


def wait_until(is_so, what):
    """Until is_so() gives something, which is returned; looks again when the bus has said something, and now and then."""
    deadline = time.monotonic() + PATIENCE_S
    context = GLib.MainContext.default()
    while not (found := is_so()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: waited {PATIENCE_S} seconds")
        tick = GLib.timeout_add(20, lambda: True)
        context.iteration(True)
        GLib.source_remove(tick)
    return found


class Node:
    """One accessible thing of a program."""

    def __init__(self, bus, name, path):
        self.bus, self.name, self.path = bus, name, path

    def __eq__(self, other):
        return isinstance(other, Node) and (self.name, self.path) == (other.name, other.path)

    def __hash__(self):
        return hash((self.name, self.path))

    def call(self, interface, method, arguments=None):
        """What the program answers, unpacked; None where it does not know the question, or is gone."""
        try:
            answer = self.bus.call_sync(self.name, self.path, interface, method, arguments, None,
                                        Gio.DBusCallFlags.NONE, PATIENCE_S * 1000, None).unpack()
        except GLib.Error:
            return None
        return answer[0] if len(answer) == 1 else answer

    def property(self, interface, name):
        return self.call("org.freedesktop.DBus.Properties", "Get",
                         GLib.Variant("(ss)", (INTERFACE + interface, name)))

    def role(self):
        """Such as "button", "entry", "label"."""
        return self.call(INTERFACE + "Accessible", "GetRoleName") or ""

    def label(self):
        return self.property("Accessible", "Name") or ""

    def description(self):
        return self.property("Accessible", "Description") or ""

    def interfaces(self):
        return [each.removeprefix(INTERFACE) for each in self.call(INTERFACE + "Accessible", "GetInterfaces") or []]

    def has(self, state):
        bits = self.call(INTERFACE + "Accessible", "GetState") or [0, 0]
        number = STATES[state]
        return bool(bits[number // 32] >> number % 32 & 1)

    def children(self):
        return [Node(self.bus, name, path) for name, path in self.call(INTERFACE + "Accessible", "GetChildren") or []]

    def walk(self):
        """This node and all below that is on the screen, in the order of the screen."""
        yield self
        for child in self.children():
            if child.has("visible"):
                yield from child.walk()

    def text(self):
        """What can be read of an entry or a label; None if it is neither."""
        length = self.property("Text", "CharacterCount")
        return self.call(INTERFACE + "Text", "GetText", GLib.Variant("(ii)", (0, length))) if length is not None else None

    def act(self):
        """As if it were pressed."""
        assert self.call(INTERFACE + "Action", "DoAction", GLib.Variant("(i)", (0,))), f"{self} can't be pressed"

    def all(self, role, label=None):
        return [node for node in self.walk() if node.role() == role and label in (None, node.label())]

    def find(self, role, label=None):
        """(nullable): the first of that role and accessible name."""
        return next((node for node in self.walk() if node.role() == role and label in (None, node.label())), None)

    def wait_for(self, role, label=None):
        return wait_until(lambda: self.find(role, label), f"the {role} “{label}”")

    def everything(self):
        """All that a screen reader may ask of this one node, as one text: for tests of what must not be there."""
        said = [self.role(), self.label(), self.description(), self.call(INTERFACE + "Accessible", "GetAttributes"),
                self.text(), self.call(INTERFACE + "Text", "GetAttributes", GLib.Variant("(i)", (0,))),
                self.call(INTERFACE + "Text", "GetSelection", GLib.Variant("(i)", (0,))),
                self.property("Value", "Text"), self.property("Value", "CurrentValue")]
        length = self.property("Text", "CharacterCount") or 0
        for offset in range(length):
            said.append(self.call(INTERFACE + "Text", "GetCharacterAtOffset", GLib.Variant("(i)", (offset,))))
            for granularity in range(3):  # a character, a word, a sentence
                said.append(self.call(INTERFACE + "Text", "GetStringAtOffset",
                                      GLib.Variant("(iu)", (offset, granularity))))
        return "\n".join(str(each) for each in said if each is not None)

    def tree(self, depth=0):
        """What is on the screen, for a message."""
        lines = [f"{'  ' * depth}{self.role()} “{self.label()}”"]
        return "\n".join(lines + [child.tree(depth + 1) for child in self.children() if child.has("showing")])

    def __str__(self):
        return f"{self.role()} “{self.label()}”"


class Keyboard:
    """Keys and the pointer by the X server's own test extension, so that the program sees what a person does."""

    def __init__(self, display):
        self.x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self.test = ctypes.CDLL(ctypes.util.find_library("Xtst") or "libXtst.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XStringToKeysym.restype = ctypes.c_ulong
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(display.encode()))
        assert self.display.value, "no display"

    def close(self):
        self.x.XCloseDisplay(self.display)

    def _key(self, name, down):
        symbol = self.x.XStringToKeysym({" ": "space", ".": "period", "-": "minus", "/": "slash"}.get(name, name).encode())
        code = self.x.XKeysymToKeycode(self.display, ctypes.c_ulong(symbol))
        assert code, f"there is no key “{name}”"
        self.test.XTestFakeKeyEvent(self.display, code, down, 0)

    def press(self, keys):
        names = keys.split("+") if keys != "+" else [keys]
        for name in names:
            self._key(name, 1)
        for name in reversed(names):
            self._key(name, 0)
        self.x.XFlush(self.display)

    def type(self, text):
        for each in text:
            self.press(f"Shift_L+{each.lower()}" if each.isupper() else each)

    def focus_newest(self):
        """The window opened last gets the keys, as a window manager would do."""
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        windows, number = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self.x.XQueryTree(self.display, self.x.XDefaultRootWindow(self.display), ctypes.byref(root),
                          ctypes.byref(parent), ctypes.byref(windows), ctypes.byref(number))
        attributes = (ctypes.c_int * 64)()  # XWindowAttributes: x, y, width, height, ..., map_state at 92 bytes
        for window in reversed(windows[:number.value]):
            self.x.XGetWindowAttributes(self.display, ctypes.c_ulong(window), ctypes.byref(attributes))
            if attributes[2] > 1 and attributes[23] == 2:
                self.x.XSetInputFocus(self.display, ctypes.c_ulong(window), 1, 0)
                break
        self.x.XSync(self.display, 0)


class Screen:
    """An X server, an accessibility bus and a keyboard, taken down at the end of the block with what was started."""

    def __init__(self, width=1280, height=800):
        self.size = f"{width}x{height}x24"
        self.running = []
        self.events = []  # (Node, such as "TextChanged:insert", number, what is told), in order

    def _run(self, *command, **options):
        process = subprocess.Popen(command, **options)
        self.running.append(process)
        return process

    def _start_display(self):
        read, write = os.pipe()
        self._run("Xvfb", "-displayfd", str(write), "-screen", "0", self.size, "-nolisten", "tcp", "-noreset",
                  pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            return f":{number.readline().strip()}"

    def _start_bus(self):
        daemon = self._run("dbus-daemon", f"--config-file={CONFIGURATION}", "--nofork", "--print-address",
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment, text=True)
        return daemon.stdout.readline().strip()

    def _start_registry(self):
        """By hand: the one that the bus would start waits for a desktop's session."""
        self._run("/usr/libexec/at-spi2-registryd", stdout=subprocess.DEVNULL, env=self.environment)
        wait_until(lambda: self._ask_bus("NameHasOwner", REGISTRY), "the registry")

    def _ask_bus(self, method, name):
        return Node(self.bus, "org.freedesktop.DBus", "/").call("org.freedesktop.DBus", method,
                                                                  GLib.Variant("(s)", (name,)))

    def _start_listening(self):
        self.log = os.path.join(self.folder.name, "heard")
        with open(self.log, "wb") as log:
            self._run("dbus-monitor", "--address", self.address, "--binary", stdout=log, env=self.environment)
        wait_until(lambda: os.path.getsize(self.log) > 0, "the bus")

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="ymweld-bus-")
        folder = self.folder.name
        self.environment = {
            **os.environ, "XDG_RUNTIME_DIR": folder, "XDG_CONFIG_HOME": f"{folder}/config",
            "XDG_DATA_HOME": f"{folder}/data", "XDG_CACHE_HOME": os.path.join(BUILD, "tests/ui/cache-bus"), "GDK_BACKEND": "x11",
            "GSK_RENDERER": "cairo", "GDK_DEBUG": "gl-disable", "GDK_DISABLE": "gl,vulkan", "GTK_A11Y": "atspi",
            "GSETTINGS_BACKEND": "memory", "GTK_USE_PORTAL": "0",
            "GTK_IM_MODULE": "simple",
        }
        try:
            self.environment["DISPLAY"] = self._start_display()
            # The session's bus too: GTK 4.8 ends where an application has none.
            self.address = self._start_bus()
            self.environment.update(AT_SPI_BUS_ADDRESS=self.address, DBUS_SESSION_BUS_ADDRESS=self.address)
            self.bus = Gio.DBusConnection.new_for_address_sync(
                self.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
                None, None)
            self._start_listening()
            self._start_registry()
            self._ask_for_events()
            self.keyboard = Keyboard(self.environment["DISPLAY"])
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, *failure):
        for process in reversed(self.running):
            process.terminate()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        self.folder.cleanup()

    def _ask_for_events(self):
        """A program says what happens only while somebody wants to know."""
        registry = Node(self.bus, REGISTRY, "/org/a11y/atspi/registry")
        for event in ("object", "window", "focus"):
            registry.call(REGISTRY, "RegisterEvent", GLib.Variant("(s)", (event,)))
        self.bus.signal_subscribe(None, INTERFACE + "Event.Object", None, None, None, Gio.DBusSignalFlags.NONE,
                                  self._note_event)

    def _note_event(self, bus, sender, path, interface, member, arguments):
        kind, detail, _, data = arguments.unpack()[:4]
        self.events.append((Node(bus, sender, path), f"{member}:{kind}", detail, data))

    def start(self, program, *arguments, **environment):
        """(of a path in the build tree): its application node, once a window of it is on the bus."""
        process = self._run(os.path.join(BUILD, program), *arguments, env={**self.environment, **environment})
        desktop = Node(self.bus, REGISTRY, ROOT)

        def find():
            assert process.poll() is None, f"{program} ended with {process.returncode}"
            return next((app for app in desktop.children()
                         if self._ask_bus("GetConnectionUnixProcessID", app.name) == process.pid and app.children()), None)

        app = wait_until(find, program)
        app.process = process
        self.keyboard.focus_newest()
        return app

    def end(self, app):
        """Ends a program as the session would."""
        app.process.send_signal(signal.SIGTERM)
        app.process.wait(PATIENCE_S)
        self.running.remove(app.process)

    def press(self, *keys):
        """Such as "Tab", "Return", "Control_L+a": names as X has them."""
        self.keyboard.focus_newest()
        for each in keys:
            self.keyboard.press(each)

    def tab(self, keys="Tab"):
        """Moves the focus by a key; the node that has it then."""
        begin = len(self.events)

        def find():
            return next((node for node, event, on, _ in reversed(self.events[begin:])
                         if event == "StateChanged:focused" and on), None)

        self.press(keys)
        return wait_until(find, f"the focus to move by {keys}")

    def tab_to(self, node, most=60):
        """Moves the focus to `node` by Tab alone."""
        for _ in range(most):
            if node.has("focused"):
                return node
            self.tab()
        raise AssertionError(f"Tab does not lead to {node}")

    def type(self, text):
        """Letters, figures, spaces and what an address needs."""
        self.keyboard.focus_newest()
        self.keyboard.type(text)

    def heard(self):
        """Every byte that went over the bus until now."""
        mark = f"mark.number{time.monotonic_ns()}"
        self._ask_bus("NameHasOwner", mark)

        def read():
            with open(self.log, "rb") as log:
                said = log.read()
            return said if mark.encode() in said else None

        return wait_until(read, "the listener")

    def paste(self):
        """What another program gets if it pastes: {"CLIPBOARD": ..., "PRIMARY": ...}, None for nothing."""
        said = subprocess.run([os.path.join(BUILD, "tests/ui/paste")], env=self.environment, check=True,
                              stdout=subprocess.PIPE, timeout=PATIENCE_S).stdout.decode().split("\0")
        return {name: text[1:] if text.startswith("=") else None for name, text in zip(SELECTIONS, said)}
