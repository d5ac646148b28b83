// cilium/ebpf's reader as a Go program uses it: Reader.Read for each record, of which the first eight bytes are read.
//
//	cilium RING_MAP_ID FILLER_PROGRAM_ID RECORDS
//
// Each line on the standard input has the kernel fill the ring once; what then is drained is answered with
// "RECORDS SUM NANOSECONDS".
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"time"
	"unsafe"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/ringbuf"
)

const (
	sysBpf     = 321 // x86-64
	progRun    = 10  // BPF_PROG_TEST_RUN, which this release of the package does not offer for raw tracepoints
	runAttrLen = 80
)

// union bpf_attr as BPF_PROG_TEST_RUN reads it.
type runAttr struct {
	program uint32
	_       [runAttrLen - 4]byte
}

func fill(filler *ebpf.Program) {
	attr := runAttr{program: uint32(filler.FD())}
	if _, _, err := syscall.Syscall(sysBpf, progRun, uintptr(unsafe.Pointer(&attr)), unsafe.Sizeof(attr)); err != 0 {
		log.Fatalf("cilium: the ring can't be filled: %v", err)
	}
}

func number(argument string) int {
	n, err := strconv.Atoi(argument)
	if err != nil {
		log.Fatalf("cilium: a number is needed and %q is none", argument)
	}
	return n
}

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: cilium RING_MAP_ID FILLER_PROGRAM_ID RECORDS")
	}
	ring, err := ebpf.NewMapFromID(ebpf.MapID(number(os.Args[1])))
	if err != nil {
		log.Fatal(err)
	}
	filler, err := ebpf.NewProgramFromID(ebpf.ProgramID(number(os.Args[2])))
	if err != nil {
		log.Fatal(err)
	}
	reader, err := ringbuf.NewReader(ring)
	if err != nil {
		log.Fatal(err)
	}
	records := number(os.Args[3])

	// Fills and drains on one thread, as the other readers do.
	runtime.LockOSThread()
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		fill(filler)
		var sum uint64
		began := time.Now()
		for i := 0; i < records; i++ {
			record, err := reader.Read()
			if err != nil {
				log.Fatal(err)
			}
			sum += binary.LittleEndian.Uint64(record.RawSample)
		}
		fmt.Println(records, sum, time.Since(began).Nanoseconds())
	}
}
